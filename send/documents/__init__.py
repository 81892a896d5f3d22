"""Files people send and papers the service issues: private, hashed, checked before anybody else sees them."""
