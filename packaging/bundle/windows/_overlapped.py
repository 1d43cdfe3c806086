"""In the place of asyncio's network engine, which SQLAlchemy imports and never starts."""

INVALID_HANDLE_VALUE = -1
NULL = 0
INFINITE = 0xFFFFFFFF
SO_UPDATE_ACCEPT_CONTEXT = SO_UPDATE_CONNECT_CONTEXT = TF_REUSE_SOCKET = 0
ERROR_NETNAME_DELETED, ERROR_SEM_TIMEOUT, ERROR_PIPE_BUSY = 64, 121, 231
ERROR_OPERATION_ABORTED, ERROR_IO_PENDING, ERROR_PORT_UNREACHABLE = 995, 997, 1234


class Overlapped:
    def __init__(self, *_args):
        raise OSError("this program has no network")
