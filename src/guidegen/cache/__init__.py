"""Keep values between builds. Without this package builds are only slower."""
