"""What is said in plain words: understood, and answered."""
