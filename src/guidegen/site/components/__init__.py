"""Components that several page types share."""
