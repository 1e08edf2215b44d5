"""Personal data is replaced before a text leaves for a model, and put back after it. Fails closed."""
