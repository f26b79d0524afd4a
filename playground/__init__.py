"""The bot in a simulated Discord, in the browser: no network, no token, no account."""
