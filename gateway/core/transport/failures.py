"""From httpcore's exceptions and the facts of the wire to our own errors."""

import socket
import ssl
from collections.abc import Iterator

import httpcore

from gateway.core.errors import (
    BadResponse,
    CertificateInvalid,
    ConnectFailed,
    ConnectionBroken,
    GatewayError,
    InvalidRequest,
    ProviderTimeout,
)
from gateway.core.transport.body import out_of_time, too_large
from gateway.core.transport.exchange import Exchange, TransportFault, fault_of, faulted
from gateway.core.transport.probe import Probe
from gateway.core.transport.tls import MINTSIFRY

EXPECTED = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.ProxyError,
    OSError,
    GatewayError,
)
"""What an exchange may end with; anything else is a mistake in the code and stays as it is."""

_DISCONNECTS = (httpcore.NetworkError, OSError)


def explain(cause: Exception, exchange: Exchange, probe: Probe) -> GatewayError:
    """The error to raise for `cause`, marked with how far the exchange came."""
    error = _error(cause, exchange, probe)
    if isinstance(error, InvalidRequest):
        return error
    fault = fault_of(error)
    if fault is None:
        fault = TransportFault.SENT_NO_ANSWER if probe.sent.started else TransportFault.NOT_SENT
    return faulted(error, fault, probe.sent)


def _error(cause: Exception, exchange: Exchange, probe: Probe) -> GatewayError:
    if isinstance(cause, GatewayError):
        return cause
    late = isinstance(cause, (httpcore.TimeoutException, TimeoutError))
    if late and probe.remaining() <= 0:
        return out_of_time(
            TransportFault.SENT_NO_ANSWER if probe.sent.started else TransportFault.NOT_SENT
        )
    if not probe.sent.started:
        return _unconnected(cause, exchange, late=late)
    if late:
        return ProviderTimeout("the answer did not arrive in time")
    return _unanswered(cause, exchange, probe)


def _unconnected(cause: Exception, exchange: Exchange, *, late: bool) -> GatewayError:
    if late:
        return ConnectFailed("connecting took too long")
    for link in causes(cause):
        if isinstance(link, ssl.SSLCertVerificationError):
            return untrusted(link, exchange)
        if isinstance(link, socket.gaierror):
            return ConnectFailed("the host name was not found")
    if isinstance(cause, httpcore.ProxyError):
        return ConnectFailed("the proxy refused to connect")
    return ConnectFailed("no connection could be made")


def untrusted(cause: ssl.SSLCertVerificationError, exchange: Exchange) -> CertificateInvalid:
    """The error for a certificate that did not pass, with what the operator can do."""
    advice = ""
    if exchange.trust.profile == MINTSIFRY:
        advice = "; give its root certificates as a file"
    return faulted(
        CertificateInvalid(
            f"certificate not trusted: {cause.verify_message}{advice}",
            context={"host": exchange.origin.host},
        ),
        TransportFault.CERTIFICATE,
    )


def _unanswered(cause: Exception, exchange: Exchange, probe: Probe) -> GatewayError:
    if isinstance(cause, httpcore.LocalProtocolError):
        return InvalidRequest("a header or the path cannot be sent as it stands")
    if probe.ended or isinstance(cause, _DISCONNECTS):
        error = ConnectionBroken("the connection ended before the whole answer was there")
        if probe.sent.reused and probe.received == 0:
            return faulted(error, TransportFault.STALE_CONNECTION)
        return error
    if probe.received > exchange.limits.headers and not probe.head_complete:
        return too_large(exchange.limits.headers)
    return faulted(BadResponse("the answer is not HTTP"), TransportFault.PROTOCOL)


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error and all that led to it."""
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__ or link.__context__
