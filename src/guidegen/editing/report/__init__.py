"""What staff need to know of their guide, and readers do not: never a part of the site."""
