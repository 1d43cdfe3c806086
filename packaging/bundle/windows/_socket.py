"""In the place of Python's sockets: this program has no network, and says so to whoever asks.

Libraries import :mod:`socket` without ever opening one (asyncio, multiprocessing, logging.handlers); the
names they need to be imported are here, and nothing behind them.
"""

AF_UNSPEC, AF_INET, AF_INET6 = 0, 2, 23
SOCK_STREAM, SOCK_DGRAM, SOCK_RAW = 1, 2, 3
AI_PASSIVE, AI_CANONNAME, AI_ADDRCONFIG = 1, 2, 0x400
MSG_PEEK = 2
SOL_SOCKET, SO_REUSEADDR, SO_BROADCAST, SO_KEEPALIVE, SO_TYPE, SO_ERROR = 0xFFFF, 4, 32, 8, 0x1008, 0x1007
IPPROTO_IP, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_IPV6, TCP_NODELAY, IPV6_V6ONLY = 0, 6, 17, 41, 1, 27
SOMAXCONN, SHUT_RD, SHUT_WR, SHUT_RDWR = 0x7FFFFFFF, 0, 1, 2
NI_NUMERICHOST, NI_NUMERICSERV = 2, 8
has_ipv6 = False
error = OSError
timeout = TimeoutError
CAPI = None


class herror(OSError):  # noqa: N801, N818 (Python's own name)
    pass


class gaierror(OSError):  # noqa: N801, N818
    pass


def _refuse(*_args, **_named):
    raise OSError("this program has no network")


class socket:  # noqa: N801
    __slots__ = ()

    def __init__(self, *_args, **_named):
        _refuse()


SocketType = socket
getaddrinfo = getnameinfo = gethostbyname = gethostbyname_ex = gethostbyaddr = _refuse
getprotobyname = getservbyname = getservbyport = if_nameindex = dup = close = _refuse
inet_aton = inet_ntoa = inet_pton = inet_ntop = htons = htonl = ntohs = ntohl = _refuse


def gethostname():
    return "localhost"


def getdefaulttimeout():
    return None


def setdefaulttimeout(_seconds):
    pass
