"""Service: a site -> a program that keeps it published and serves it, until it is told to stop."""
