"""An editor on the web for those who keep a guide: Decap CMS or Sveltia CMS, configured from the field table."""
