"""The finished site -> the places it is copied to, and those who are told that something is new."""
