"""The Model Context Protocol: a business's own assistants use the diary, by the API's keys and rules."""
