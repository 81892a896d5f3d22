"""People who sign in, their memberships and how they prove who they are."""
