"""Names of people who sent what a text brings, where they stand as any speaker is named."""
