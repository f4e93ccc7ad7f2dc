"""Reading: text -> Update -> Section -> Item with front, certainty and places. Pure."""
