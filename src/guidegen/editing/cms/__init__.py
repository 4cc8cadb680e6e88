"""A web editor for staff: Decap CMS or Sveltia CMS, configured from the field table."""
