"""Pages for a person: templates, styles, headers."""
