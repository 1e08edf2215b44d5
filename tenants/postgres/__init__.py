"""The database backend: `ENGINE` of the settings."""
