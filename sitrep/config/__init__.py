"""Config: the text of config.yaml -> checked, frozen values, or faults with their lines."""
