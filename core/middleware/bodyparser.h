// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "base/jsvalue.h"
#include "base/result.h"
#include "express/middleware.h"

#include <optional>
#include <variant>

namespace rt {

class ContentDecoder;

/// What a body parser did with a request; a decision id is "<parser>.<name>".
enum class BodyDecision {
    AlreadyParsed,
    NoBody,
    TypeDiffers,
    Parsed,
    CharsetUnsupported,
    EncodingUnsupported,
    InflateDisabled,
    TooLarge,
    Corrupt,
    VerifyFailed,
    ParseFailed,
    TooManyParameters,
    TooDeep,
};
/// "TypeDiffers"
QByteArray bodyDecisionName(BodyDecision decision);

/// Why a body is refused: the error body-parser 1.20 passes on.
struct BodyFault
{
    BodyDecision decision = BodyDecision::ParseFailed;
    ExpressError error;
};

/// What the four parsers of npm body-parser 1.20 share: deciding whether the body is theirs,
/// reading it up to the limit, undoing its content coding.
class BodyParser : public Middleware
{
public:
    struct Options
    {
        double limit = 102400;
        bool inflate = true;
        /// type-is entries; nothing matches an entry that is no text.
        QByteArrayList types;
        /// Stand-in for `verify`: refuses a body that contains this text.
        QByteArray rejectIfContains;
    };

    void handle(const std::shared_ptr<Exchange> &exchange, Next next) const override;

protected:
    /// A body as read, with the name of its charset ("" for raw).
    struct Body
    {
        QByteArray bytes;
        QByteArray charset;
        /// The same bytes in the pieces they arrived in, for parsers that ask for them.
        std::vector<QByteArray> pieces;
    };

    BodyParser(QByteArray name, Options options)
        : m_name(std::move(name)), m_options(std::move(options))
    {
    }
    const Options &options() const { return m_options; }
    /// The charset to read with, or why it cannot be; "" for bytes.
    virtual std::variant<QByteArray, BodyFault> charset(const Exchange &exchange) const = 0;
    virtual std::variant<JsValue, BodyFault> parse(const Body &body) const = 0;
    virtual bool wantsPieces() const { return false; }

private:
    struct Reading;
    bool wants(const std::shared_ptr<Exchange> &exchange) const;
    bool matchesType(const Exchange &exchange) const;
    void decide(Exchange &exchange, BodyDecision decision, const QString &message = {}) const;
    void refuse(Exchange &exchange, const BodyFault &fault, const Next &next) const;
    void read(const std::shared_ptr<Exchange> &exchange, Next next,
              std::unique_ptr<ContentDecoder> decoder, QByteArray charset) const;
    void finish(Reading &reading) const;

    QByteArray m_name;
    Options m_options;
};

/// What a sentence about a body may name.
struct BodyFacts
{
    const Exchange &exchange;
    const BodyParser::Options &options;
    QByteArray parser;
    /// Of the error, when there is one.
    QString message;
};
/// One sentence with the facts of this request.
QString bodyDecisionSentence(BodyDecision decision, const BodyFacts &facts);

/// The options all parsers have. The error is body-parser's: `option limit "many" is invalid`.
Result<BodyParser::Options> bodyParserOptions(const JsValue &options, const QString &defaultType);
/// npm bytes parse(); nothing where it gives null.
std::optional<double> parseBytes(const JsValue &value);
/// The charset parameter of Content-Type in lower case; empty when there is none.
QByteArray requestCharset(const Exchange &exchange);
/// An error of npm http-errors ("PayloadTooLargeError" for 413).
BodyFault bodyFault(BodyDecision decision, int status, const QString &message,
                    const QByteArray &type);
BodyFault unsupportedCharset(const QByteArray &charset);

} // namespace rt
