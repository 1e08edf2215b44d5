"""Composes the product: settings, routes, web server and worker. Holds no logic."""
