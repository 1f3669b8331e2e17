"""Django's settings in two profiles: `local` (one machine, 127.0.0.1) and `office` (behind a proxy with TLS)."""
