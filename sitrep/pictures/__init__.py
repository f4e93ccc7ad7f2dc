"""Pictures: the files that a text names -> pictures fit to publish, without what a camera wrote."""
