// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "capture/messagecodec.h"

#include "capture/valuecodec.h"

namespace rt {

/// The head as RFC 9112 §2.1 spells it with one space after each colon, which is how every usual
/// client and server writes it.
static void appendFields(QByteArray &bytes, const HeaderList &headers)
{
    for (const HeaderField &field : headers) {
        bytes.append(field.name);
        bytes.append(": ");
        bytes.append(field.value);
        bytes.append("\r\n");
    }
    bytes.append("\r\n");
}

static QByteArray versionText(const HttpVersion &version)
{
    return "HTTP/" + QByteArray::number(version.major) + '.' + QByteArray::number(version.minor);
}

static QByteArray plainBytes(const RequestHead &head)
{
    QByteArray bytes = head.method + ' ' + head.target + ' ' + versionText(head.version) + "\r\n";
    bytes.reserve(1024);
    appendFields(bytes, head.headers);
    return bytes;
}

static QByteArray plainBytes(const ResponseHead &head)
{
    QByteArray bytes = versionText(head.version) + ' ' + QByteArray::number(head.status) + ' '
        + head.reasonPhrase + "\r\n";
    bytes.reserve(1024);
    appendFields(bytes, head.headers);
    return bytes;
}

void writeHeaders(ByteWriter &out, const HeaderList &headers)
{
    out.number(static_cast<quint64>(headers.size()));
    for (const HeaderField &field : headers) {
        out.bytes(field.name);
        out.bytes(field.value);
    }
}

HeaderList readHeaders(ByteReader &in)
{
    HeaderList headers;
    for (size_t left = in.count(); left > 0 && in.isValid(); --left) {
        QByteArray name = in.bytes();
        headers.append(std::move(name), in.bytes());
    }
    return headers;
}

static void writeVersion(ByteWriter &out, const HttpVersion &version)
{
    out.integer(version.major);
    out.integer(version.minor);
}

static HttpVersion readVersion(ByteReader &in)
{
    HttpVersion version;
    version.major = static_cast<int>(in.integer());
    version.minor = static_cast<int>(in.integer());
    return version;
}

template<typename Head>
static void writeBytes(ByteWriter &out, const Head &head, QByteArrayView bytes)
{
    const bool plain = bytes == plainBytes(head);
    out.flag(plain);
    if (!plain)
        out.bytes(bytes);
}

void writeRequest(ByteWriter &out, const RequestHead &head, QByteArrayView bytes,
                  const RequestHead *other)
{
    const bool same = other && head == *other;
    out.flag(same);
    if (!same) {
        out.bytes(head.method);
        out.bytes(head.target);
        writeVersion(out, head.version);
        writeHeaders(out, head.headers);
    }
    writeBytes(out, head, bytes);
}

QByteArray readRequest(ByteReader &in, RequestHead &head, const RequestHead *other)
{
    if (in.flag()) {
        if (other)
            head = *other;
        else
            in.invalidate();
    } else {
        head.method = in.bytes();
        head.target = in.bytes();
        head.version = readVersion(in);
        head.headers = readHeaders(in);
    }
    return in.flag() ? plainBytes(head) : in.bytes();
}

void writeResponse(ByteWriter &out, const ResponseHead &head, QByteArrayView bytes,
                   const ResponseHead *other)
{
    const bool same = other && head == *other;
    out.flag(same);
    if (!same) {
        out.integer(head.status);
        out.bytes(head.reasonPhrase);
        writeVersion(out, head.version);
        writeHeaders(out, head.headers);
    }
    writeBytes(out, head, bytes);
}

QByteArray readResponse(ByteReader &in, ResponseHead &head, const ResponseHead *other)
{
    if (in.flag()) {
        if (other)
            head = *other;
        else
            in.invalidate();
    } else {
        head.status = static_cast<int>(in.integer());
        head.reasonPhrase = in.bytes();
        head.version = readVersion(in);
        head.headers = readHeaders(in);
    }
    return in.flag() ? plainBytes(head) : in.bytes();
}

void writeDecisions(ByteWriter &out, const std::vector<Decision> &decisions)
{
    out.number(decisions.size());
    for (const Decision &decision : decisions) {
        out.bytes(decision.id);
        out.text(decision.sentence);
    }
}

std::vector<Decision> readDecisions(ByteReader &in)
{
    std::vector<Decision> decisions;
    for (size_t left = in.count(); left > 0 && in.isValid(); --left) {
        QByteArray id = in.bytes();
        decisions.push_back({std::move(id), in.text()});
    }
    return decisions;
}

static void writeChanges(ByteWriter &out, const std::vector<HeaderChange> &changes)
{
    out.number(changes.size());
    for (const HeaderChange &change : changes) {
        out.number(static_cast<quint64>(change.kind));
        out.bytes(change.name);
        out.bytes(change.before);
        out.bytes(change.after);
    }
}

static std::vector<HeaderChange> readChanges(ByteReader &in)
{
    std::vector<HeaderChange> changes;
    for (size_t left = in.count(); left > 0 && in.isValid(); --left) {
        HeaderChange change;
        change.kind = in.choice(HeaderChange::Kind::Removed);
        change.name = in.bytes();
        change.before = in.bytes();
        change.after = in.bytes();
        changes.push_back(std::move(change));
    }
    return changes;
}

void writeStage(ByteWriter &out, const StageRecord &stage)
{
    out.bytes(stage.name);
    out.bytes(stage.mountPath);
    out.integer(stage.enteredNs);
    out.integer(stage.leftNs);
    writeChanges(out, stage.headerChanges);
    writeChanges(out, stage.lateHeaderChanges);
    out.integer(stage.statusBefore);
    out.integer(stage.statusAfter);
    writeDecisions(out, stage.decisions);
    writeValue(out, stage.requestChanges);
    out.flag(stage.ended);
    out.text(stage.error);
}

StageRecord readStage(ByteReader &in)
{
    StageRecord stage;
    stage.name = in.bytes();
    stage.mountPath = in.bytes();
    stage.enteredNs = in.integer();
    stage.leftNs = in.integer();
    stage.headerChanges = readChanges(in);
    stage.lateHeaderChanges = readChanges(in);
    stage.statusBefore = static_cast<int>(in.integer());
    stage.statusAfter = static_cast<int>(in.integer());
    stage.decisions = readDecisions(in);
    stage.requestChanges = readValue(in);
    stage.ended = in.flag();
    stage.error = in.text();
    return stage;
}

} // namespace rt
