"""Open data on places of the world: what `init` makes the fronts of a new site from."""
