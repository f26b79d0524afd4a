"""Authors: their profiles and names, and which of several people of one name wrote what."""
