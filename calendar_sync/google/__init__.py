"""Google Calendar: connecting an account, reading what is busy there, keeping our copy of each appointment."""
