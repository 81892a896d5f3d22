"""What notices tell other parts of the service.

`decision_unopened(sender=Message, message, on)`: nobody opened a decision and the letter that followed it has had its
two days too. Sent once for each decision, in the transaction that notes it. `ehcp` puts it on the officer's work list.
"""

from django.dispatch import Signal

decision_unopened = Signal()
