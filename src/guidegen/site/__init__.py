"""Everything that is published: pages, exports, and the templates that render them."""
