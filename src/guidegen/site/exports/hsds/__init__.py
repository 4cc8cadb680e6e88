"""Open data in the Human Services Data Specification, HSDS 3.1 (https://docs.openreferral.org/en/3.1/)."""
