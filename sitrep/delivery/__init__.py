"""Delivery: what a publish has changed -> those who are to be told of it."""
