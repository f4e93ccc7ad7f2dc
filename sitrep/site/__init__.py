"""Site: names -> addresses and folders, and changed updates -> the plan of artifacts they touch."""
