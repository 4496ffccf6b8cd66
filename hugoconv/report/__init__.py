"""What a run has to say: findings with codes, and the report made of them."""
