"""Countries and places -> maps as SVG."""
