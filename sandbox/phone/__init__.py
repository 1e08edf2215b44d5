"""A phone in the browser, for playing any patient."""
