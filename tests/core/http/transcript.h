// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QFile>

#include <vector>

/// Message parser tests as readable text (tests/data/http/*.md): a heading names the case, a fenced
/// block "bytes" holds what arrives, a block "events" what the parser makes of it. Each line of
/// bytes ends with CR LF unless it ends with a backslash; \r \n \t \\ and \xNN stand for
/// themselves. A line
/// "<close>" says that the peer closes there.
struct TranscriptCase
{
    QByteArray name;
    /// What follows the word "bytes" on its fence.
    QByteArray note;
    QByteArray bytes;
    bool closes = false;
    QByteArrayList events;
};

inline QByteArray unescapedBytes(const QByteArray &line)
{
    QByteArray out;
    for (qsizetype i = 0; i < line.size(); ++i) {
        if (line.at(i) != '\\' || i + 1 == line.size()) {
            out += line.at(i);
            continue;
        }
        switch (const char kind = line.at(++i)) {
        case 'r':
            out += '\r';
            break;
        case 'n':
            out += '\n';
            break;
        case 't':
            out += '\t';
            break;
        case 'x':
            out += QByteArray::fromHex(line.mid(i + 1, 2));
            i += 2;
            break;
        default:
            out += kind;
        }
    }
    return out;
}

inline QByteArray escapedBytes(const QByteArray &bytes)
{
    QByteArray out;
    for (const char c : bytes) {
        const auto u = static_cast<unsigned char>(c);
        if (c == '\r')
            out += "\\r";
        else if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (c == '\\')
            out += "\\\\";
        else if (u < 0x20 || u > 0x7e)
            out += "\\x" + QByteArray(1, c).toHex();
        else
            out += c;
    }
    return out;
}

inline void addTranscriptLine(TranscriptCase &transcript, const QByteArray &line)
{
    if (line == "<close>") {
        transcript.closes = true;
        return;
    }
    const bool open = line.endsWith('\\') && !line.endsWith("\\\\");
    transcript.bytes += unescapedBytes(open ? line.chopped(1) : line);
    if (!open)
        transcript.bytes += "\r\n";
}

inline std::vector<TranscriptCase> readTranscripts(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    std::vector<TranscriptCase> cases;
    enum class Block { None, Bytes, Events } block = Block::None;
    while (!file.atEnd()) {
        QByteArray line = file.readLine();
        line.chop(line.endsWith('\n') ? 1 : 0);
        if (block == Block::None && line.startsWith("## ")) {
            cases.push_back({line.sliced(3), {}, {}, false, {}});
        } else if (line.startsWith("```")) {
            const QByteArray kind = line.sliced(3);
            block = kind.startsWith("bytes") ? Block::Bytes
                : kind == "events"           ? Block::Events
                                             : Block::None;
            if (block == Block::Bytes)
                cases.back().note = kind.sliced(5).trimmed();
        } else if (block == Block::Bytes) {
            addTranscriptLine(cases.back(), line);
        } else if (block == Block::Events) {
            cases.back().events.append(line);
        }
    }
    return cases;
}
