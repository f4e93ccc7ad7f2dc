"""Dates: short lines, folded words and file names -> days, times and zones."""
