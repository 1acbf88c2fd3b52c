// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/tlscodec.h"

namespace rt {

static void writeCertificate(ByteWriter &out, const TlsCertificate &certificate)
{
    out.bytes(certificate.subject);
    out.bytes(certificate.issuer);
    out.number(static_cast<quint64>(certificate.names.size()));
    for (const QByteArray &name : certificate.names)
        out.bytes(name);
    out.integer(certificate.notBefore);
    out.integer(certificate.notAfter);
    out.bytes(certificate.fingerprint);
}

static TlsCertificate readCertificate(ByteReader &in)
{
    TlsCertificate certificate;
    certificate.subject = in.bytes();
    certificate.issuer = in.bytes();
    for (size_t left = in.count(); left > 0 && in.isValid(); --left)
        certificate.names.append(in.bytes());
    certificate.notBefore = in.integer();
    certificate.notAfter = in.integer();
    certificate.fingerprint = in.bytes();
    return certificate;
}

void writeHandshake(ByteWriter &out, const TlsHandshake *handshake, const TlsHandshake *other)
{
    out.flag(handshake != nullptr);
    if (!handshake)
        return;
    out.bytes(handshake->version);
    out.bytes(handshake->cipher);
    out.bytes(handshake->alpn);
    out.bytes(handshake->serverName);
    out.integer(handshake->startedNs);
    out.integer(handshake->finishedNs - handshake->startedNs);
    const bool sameChain = other && other->chain == handshake->chain;
    out.flag(sameChain);
    if (sameChain)
        return;
    out.number(handshake->chain.size());
    for (const TlsCertificate &certificate : handshake->chain)
        writeCertificate(out, certificate);
}

std::shared_ptr<const TlsHandshake> readHandshake(ByteReader &in, const TlsHandshake *other)
{
    if (!in.flag())
        return nullptr;
    TlsHandshake handshake;
    handshake.version = in.bytes();
    handshake.cipher = in.bytes();
    handshake.alpn = in.bytes();
    handshake.serverName = in.bytes();
    handshake.startedNs = in.integer();
    handshake.finishedNs = handshake.startedNs + in.integer();
    if (in.flag()) {
        if (other)
            handshake.chain = other->chain;
        else
            in.invalidate();
        return std::make_shared<const TlsHandshake>(std::move(handshake));
    }
    for (size_t left = in.count(); left > 0 && in.isValid(); --left)
        handshake.chain.push_back(readCertificate(in));
    return std::make_shared<const TlsHandshake>(std::move(handshake));
}

} // namespace rt
