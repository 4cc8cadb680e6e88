"""Try what harms people who rely on a guide: crashes, hostile content, leaks."""
