"""How people come in and stay in: what our house adds to the sign-in library (allauth)."""
