// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "middleware/bodyparser.h"

#include "express/exchange.h"

namespace rt {

using namespace Qt::StringLiterals;

namespace {

QString header(const BodyFacts &facts, QByteArrayView name)
{
    return QString::fromLatin1(facts.exchange.header(name).value_or(QByteArray()));
}

QString limit(const BodyFacts &facts)
{
    return numberText(facts.options.limit);
}

QString typeDiffers(const BodyFacts &facts)
{
    const QString given = header(facts, "Content-Type");
    const QString wanted = QString::fromLatin1(facts.options.types.join(" or "));
    return given.isEmpty()
        ? u"The body has no Content-Type; this parser only reads %1."_s.arg(wanted)
        : u"The body is %1; this parser only reads %2."_s.arg(given, wanted);
}

QString parsed(const BodyFacts &facts)
{
    const QString length = header(facts, "Content-Length");
    const bool coded = !header(facts, "Content-Encoding").isEmpty();
    if (length.isEmpty() || coded)
        return u"The body was read and became req.body."_s;
    return u"%1 bytes of %2 were read and became req.body."_s.arg(length,
                                                                  header(facts, "Content-Type"));
}

QString tooLarge(const BodyFacts &facts)
{
    const QString length = header(facts, "Content-Length");
    return length.isEmpty()
        ? u"The body is longer than the limit of %1 bytes."_s.arg(limit(facts))
        : u"The request announces %1 bytes; the limit is %2."_s.arg(length, limit(facts));
}

} // namespace

QByteArray bodyDecisionName(BodyDecision decision)
{
    switch (decision) {
    case BodyDecision::AlreadyParsed:
        return "AlreadyParsed";
    case BodyDecision::NoBody:
        return "NoBody";
    case BodyDecision::TypeDiffers:
        return "TypeDiffers";
    case BodyDecision::Parsed:
        return "Parsed";
    case BodyDecision::CharsetUnsupported:
        return "CharsetUnsupported";
    case BodyDecision::EncodingUnsupported:
        return "EncodingUnsupported";
    case BodyDecision::InflateDisabled:
        return "InflateDisabled";
    case BodyDecision::TooLarge:
        return "TooLarge";
    case BodyDecision::Corrupt:
        return "Corrupt";
    case BodyDecision::VerifyFailed:
        return "VerifyFailed";
    case BodyDecision::ParseFailed:
        return "ParseFailed";
    case BodyDecision::TooManyParameters:
        return "TooManyParameters";
    case BodyDecision::TooDeep:
        return "TooDeep";
    }
    Q_UNREACHABLE();
}

QString bodyDecisionSentence(BodyDecision decision, const BodyFacts &facts)
{
    const QString coding = header(facts, "Content-Encoding");
    switch (decision) {
    case BodyDecision::AlreadyParsed:
        return u"An earlier parser has read the body, so this one stepped aside."_s;
    case BodyDecision::NoBody:
        return u"The request has no body, so there is nothing to parse."_s;
    case BodyDecision::TypeDiffers:
        return typeDiffers(facts);
    case BodyDecision::Parsed:
        return parsed(facts);
    case BodyDecision::CharsetUnsupported:
        return u"The body says %1; this parser does not read that charset."_s.arg(
            header(facts, "Content-Type"));
    case BodyDecision::EncodingUnsupported:
        return u"The body is compressed with %1; body-parser undoes gzip and deflate only."_s.arg(
            coding);
    case BodyDecision::InflateDisabled:
        return u"The body is compressed with %1, and inflate is off."_s.arg(coding);
    case BodyDecision::TooLarge:
        return tooLarge(facts);
    case BodyDecision::Corrupt:
        return u"The body says it is %1, but cannot be decompressed: %2."_s.arg(coding,
                                                                                facts.message);
    case BodyDecision::VerifyFailed:
        return u"The option verify refused the body: %1."_s.arg(facts.message);
    case BodyDecision::ParseFailed:
        return u"The body is not what its Content-Type %1 says: %2"_s.arg(
            header(facts, "Content-Type"), facts.message);
    case BodyDecision::TooManyParameters:
        return u"The form has more fields than parameterLimit allows."_s;
    case BodyDecision::TooDeep:
        return u"The form is nested deeper than depth allows."_s;
    }
    Q_UNREACHABLE();
}

} // namespace rt
