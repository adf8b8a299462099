"""References: pronouns and descriptions, and whom they mean."""
