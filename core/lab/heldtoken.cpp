// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/heldtoken.h"

#include "capture/exchangerecord.h"
#include "lab/jwtsettings.h"
#include "middleware/jwt/jwa.h"

#include <array>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

/// What people choose when a secret has to be typed in.
constexpr std::array badSecrets {
    "secret",      "password", "123456",     "12345678",  "changeme",
    "letmein",     "qwerty",   "admin",      "jwt",       "token",
    "key",         "test",     "default",    "shhhhh",    "my-secret",
    "supersecret", "mysecret", "jwt-secret", "secretkey", "your-256-bit-secret",
};

struct Parts
{
    JsValue header;
    JsValue payload;
    QByteArray signature;
};

constexpr auto base64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

Result<JsValue> objectIn(const QByteArray &part)
{
    const auto read
        = parseJson(QByteArrayView(QByteArray::fromBase64(part, QByteArray::Base64UrlEncoding)));
    const auto *value = std::get_if<JsValue>(&read);
    if (!value || !value->isObject())
        return failure(u"a part of the token holds no JSON object"_s);
    return *value;
}

Result<Parts> takeApart(const QByteArray &token)
{
    const QByteArrayList texts = token.split('.');
    if (texts.size() != 3)
        return failure(u"there is no token yet: log in first"_s);
    const auto header = objectIn(texts.at(0));
    const auto payload = objectIn(texts.at(1));
    if (!header || !payload)
        return failure(header ? payload.error().message : header.error().message);
    return Parts {*header, *payload, texts.at(2)};
}

void merge(JsValue &into, const JsValue &change)
{
    for (const auto &[name, value] : change.members()) {
        if (value.isNull())
            into.remove(name);
        else
            into.insert(name, value);
    }
}

QByteArray signingInput(const Parts &parts)
{
    return toJson(parts.header).toBase64(base64Url) + '.'
        + toJson(parts.payload).toBase64(base64Url);
}

} // namespace

void HeldToken::notice(const CallRecord &call)
{
    if (!call.readable || !call.body.contains("\"token\""))
        return;
    const auto read = parseJson(QByteArrayView(call.body));
    const auto *answer = std::get_if<JsValue>(&read);
    if (answer && (*answer)[u"token"].isString())
        m_text = (*answer)[u"token"].toString().toUtf8();
}

Result<void> HeldToken::apply(const JsValue &arguments, const LabConfig &config)
{
    if (arguments.contains(u"edit"))
        return edit(arguments[u"edit"]);
    if (arguments.contains(u"sign"))
        return sign(arguments[u"sign"], config);
    if (arguments.contains(u"forget")) {
        m_text.clear();
        return {};
    }
    return failure(u"\"jwt\" needs \"edit\", \"sign\", \"crack\" or \"forget\""_s);
}

Result<void> HeldToken::edit(const JsValue &change)
{
    auto parts = takeApart(m_text);
    if (!parts)
        return failure(parts.error().message);
    merge(parts->header, change[u"header"]);
    merge(parts->payload, change[u"payload"]);
    const JsValue signature = change[u"signature"];
    m_text = signingInput(*parts) + '.'
        + (signature.isString() ? signature.toString().toLatin1() : parts->signature);
    return {};
}

Result<void> HeldToken::sign(const JsValue &change, const LabConfig &config)
{
    auto parts = takeApart(m_text);
    if (!parts)
        return failure(parts.error().message);
    const JsValue algorithm
        = change[u"algorithm"].isString() ? change[u"algorithm"] : parts->header[u"alg"];
    merge(parts->header, change[u"header"]);
    parts->header.insert(u"alg"_s, algorithm);
    merge(parts->payload, change[u"payload"]);
    const JsValue secret = change[u"secret"].isString() ? change[u"secret"]
                                                        : JwtSettings::fromConfig(config).verifyKey;
    const auto key = JwtKey::createSecretKey(secret);
    const QByteArray input = signingInput(*parts);
    const auto signature = jwaSign(algorithm.toString(), input, key ? &*key : nullptr);
    if (!signature)
        return failure(signature.error().message);
    m_text = input + '.' + *signature;
    return {};
}

QString HeldToken::crack() const
{
    const auto parts = takeApart(m_text);
    if (!parts)
        return {};
    const QString algorithm = parts->header[u"alg"].toString();
    if (!algorithm.startsWith(u"HS"))
        return {};
    const QByteArray input = m_text.first(m_text.lastIndexOf('.'));
    for (const char *word : badSecrets) {
        const QString secret = QString::fromLatin1(word);
        const auto key = JwtKey::createSecretKey(JsValue(secret));
        if (key && jwaVerify(algorithm, input, parts->signature, &*key))
            return secret;
    }
    return {};
}

} // namespace rt
