"""What harms people who rely on a guide, tried: crashes, hostile content, leaks."""
