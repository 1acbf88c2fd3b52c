// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/credential.h"

#include "lab/credentialtext.h"
#include "lab/labconfig.h"

#include <QUrl>

#include <algorithm>

namespace rt {

namespace {

using Kind = Credential::Kind;
using Place = Credential::Place;
using Role = CredentialPart::Role;

constexpr auto base64url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

std::optional<JsValue> jsonIn(const QByteArray &bytes)
{
    const auto parsed = parseJson(QByteArrayView(bytes));
    const auto *value = std::get_if<JsValue>(&parsed);
    return value ? std::optional(*value) : std::nullopt;
}

/// Both alphabets, with or without padding, as Node's Buffer reads it.
QByteArray decoded(const QByteArray &text)
{
    QByteArray plain = text;
    plain.replace('-', '+').replace('_', '/');
    return QByteArray::fromBase64(plain);
}

CredentialPart jsonPart(Role role, const QByteArray &raw)
{
    CredentialPart part {role, raw, {}, {}};
    const QByteArray bytes = decoded(raw);
    if (const auto value = jsonIn(bytes))
        part.content = stringifyJson(*value, QStringLiteral("  "));
    else if (raw.isEmpty())
        part.problem = CredentialText::tr("This part is empty.");
    else
        part.problem = CredentialText::tr("Decoded it is no JSON: %1")
                           .arg(QString::fromUtf8(bytes.left(80)));
    return part;
}

/// "s:value.signature" as it stands in the cookie, percent-encoded.
struct SignedText
{
    QByteArray value;
    QByteArray signature;
};

std::optional<SignedText> signedText(const QByteArray &text)
{
    const QByteArray plain = QByteArray::fromPercentEncoding(text);
    const qsizetype dot = plain.lastIndexOf('.');
    if (!plain.startsWith("s:") || dot < 2)
        return std::nullopt;
    return SignedText {plain.sliced(2, dot - 2), plain.sliced(dot + 1)};
}

/// encodeURIComponent()
QByteArray encodedSigned(const SignedText &text)
{
    return QUrl::toPercentEncoding(QString::fromUtf8("s:" + text.value + '.' + text.signature),
                                   "!*'()");
}

bool looksLikeJwt(const QByteArray &text)
{
    const QByteArrayList parts = text.split('.');
    if (parts.size() != 3)
        return false;
    const auto header = jsonIn(decoded(parts.first()));
    return header && header->isObject() && header->contains(u"alg");
}

QByteArray settingText(const LabConfig &config, QByteArrayView path)
{
    return config.setting(path).asText().toUtf8();
}

/// What a cookie is, if it says who is asking.
std::optional<Kind> kindOf(const QByteArray &name, const QByteArray &value, bool hasSignature,
                           const LabConfig &config)
{
    if (looksLikeJwt(value))
        return Kind::Jwt;
    if (signedText(value))
        return name == settingText(config, "server.session.name") ? Kind::SessionId
                                                                  : Kind::SignedCookie;
    const bool named = name == settingText(config, "server.cookieSession.name");
    const auto content = jsonIn(decoded(value));
    if (hasSignature || (named && content && content->isObject()))
        return Kind::CookieSession;
    return std::nullopt;
}

struct Pair
{
    QByteArray name;
    QByteArray value;
};

Pair pairOf(const QByteArray &text)
{
    const QByteArray trimmed = text.trimmed();
    const qsizetype equals = trimmed.indexOf('=');
    return equals < 0
        ? Pair {trimmed, {}}
        : Pair {trimmed.first(equals).trimmed(), trimmed.sliced(equals + 1).trimmed()};
}

std::optional<QByteArray> valueNamed(const std::vector<Pair> &pairs, const QByteArray &name)
{
    const auto found = std::find_if(pairs.begin(), pairs.end(),
                                    [&name](const Pair &pair) { return pair.name == name; });
    return found == pairs.end() ? std::nullopt : std::optional(found->value);
}

/// Collects credentials, none twice.
class Collector
{
public:
    explicit Collector(const LabConfig &config) : m_config(config) { }

    void addCookies(const std::vector<Pair> &pairs, Place place)
    {
        for (const Pair &pair : pairs) {
            const auto signature = valueNamed(pairs, pair.name + ".sig");
            if (const auto kind = kindOf(pair.name, pair.value, signature.has_value(), m_config))
                add({*kind,
                     place,
                     pair.name,
                     {},
                     {},
                     pair.value,
                     signatureFor(*kind, signature),
                     {}});
        }
    }

    void addToken(const QByteArray &token, Place place)
    {
        if (looksLikeJwt(token))
            add({Kind::Jwt, place, {}, {}, {}, token, {}, {}});
    }

    void addJar(const std::vector<BrowserState::CookieEntry> &jar)
    {
        std::vector<Pair> pairs;
        for (const BrowserState::CookieEntry &cookie : jar)
            pairs.push_back({cookie.name, cookie.value});
        for (const BrowserState::CookieEntry &cookie : jar) {
            const auto signature = valueNamed(pairs, cookie.name + ".sig");
            const auto kind = kindOf(cookie.name, cookie.value, signature.has_value(), m_config);
            if (!kind)
                continue;
            Credential found {*kind,
                              Place::Jar,
                              cookie.name,
                              cookie.domain,
                              cookie.path,
                              cookie.value,
                              signatureFor(*kind, signature),
                              {}};
            if (cookie.expiresAt >= 0)
                found.expiresAt = cookie.expiresAt;
            add(std::move(found));
        }
    }

    std::vector<Credential> take() { return std::move(m_found); }

private:
    static std::optional<QByteArray> signatureFor(Kind kind,
                                                  const std::optional<QByteArray> &signature)
    {
        return kind == Kind::CookieSession ? signature : std::nullopt;
    }

    void add(Credential credential)
    {
        const auto same = [&credential](const Credential &one) {
            return one.kind == credential.kind && one.name == credential.name
                && one.text == credential.text && one.signature == credential.signature;
        };
        if (std::none_of(m_found.begin(), m_found.end(), same))
            m_found.push_back(std::move(credential));
    }

    const LabConfig &m_config;
    std::vector<Credential> m_found;
};

std::vector<Pair> cookiePairs(const QByteArray &header)
{
    std::vector<Pair> pairs;
    for (const QByteArray &part : header.split(';'))
        pairs.push_back(pairOf(part));
    return pairs;
}

QByteArray bearerToken(const QByteArray &authorization)
{
    const QByteArray trimmed = authorization.trimmed();
    const bool bearer = trimmed.left(7).toLower() == "bearer ";
    return bearer ? trimmed.sliced(7).trimmed() : trimmed;
}

void addTokensOf(const JsValue &body, Collector &found)
{
    for (const auto &[name, value] : body.members()) {
        if (value.isString())
            found.addToken(value.toString().toUtf8(), Place::ResponseBody);
    }
}

} // namespace

std::vector<CredentialPart> takeApart(const Credential &credential)
{
    if (credential.kind == Kind::CookieSession) {
        std::vector<CredentialPart> parts {jsonPart(Role::Payload, credential.text)};
        parts.push_back({Role::Signature,
                         credential.signature.value_or(QByteArray()),
                         {},
                         credential.signature ? QString()
                                              : CredentialText::tr("There is no cookie %1.sig.")
                                                    .arg(QString::fromUtf8(credential.name))});
        return parts;
    }
    if (credential.kind == Kind::Jwt) {
        const QByteArrayList raw = credential.text.split('.');
        return {
            jsonPart(Role::Header, raw.value(0)),
            jsonPart(Role::Payload, raw.value(1)),
            {Role::Signature,
             raw.value(2),
             {},
             raw.value(2).isEmpty() ? CredentialText::tr("The token is not signed.") : QString()}};
    }
    const auto text = signedText(credential.text);
    if (!text)
        return {{Role::Id,
                 credential.text,
                 {},
                 CredentialText::tr("It does not begin with s: and has no signature.")}};
    return {{Role::Id, text->value, QString::fromUtf8(text->value), {}},
            {Role::Signature, text->signature, {}, {}}};
}

std::vector<CredentialTime> timesOf(const Credential &credential)
{
    std::vector<CredentialTime> times;
    if (credential.kind == Kind::Jwt) {
        const auto claims = jsonIn(decoded(credential.text.split('.').value(1)));
        for (const char *claim : {"iat", "nbf", "exp"}) {
            const JsValue value = claims ? (*claims)[QLatin1StringView(claim)] : JsValue();
            if (value.isNumber())
                times.push_back({claim, static_cast<qint64>(value.toNumber() * 1000)});
        }
    }
    if (credential.expiresAt)
        times.push_back({"expires", *credential.expiresAt});
    return times;
}

qint64 cookieBytes(const Credential &credential)
{
    return credential.name.size() + credential.text.size();
}

std::vector<Credential> credentialsIn(const ExchangeRecord *exchange,
                                      const std::vector<BrowserState::CookieEntry> &jar,
                                      const LabConfig &config)
{
    Collector found(config);
    found.addJar(jar);
    if (!exchange)
        return found.take();
    const HeaderList &request = exchange->request().headers;
    if (const auto cookie = request.get("Cookie"))
        found.addCookies(cookiePairs(*cookie), Place::RequestCookie);
    if (const auto authorization = request.get("Authorization"))
        found.addToken(bearerToken(*authorization), Place::Authorization);
    std::vector<Pair> set;
    for (const QByteArray &line : exchange->response().headers.all("Set-Cookie"))
        set.push_back(pairOf(line.left(line.indexOf(';') < 0 ? line.size() : line.indexOf(';'))));
    found.addCookies(set, Place::ResponseCookie);
    if (const auto body = jsonIn(exchange->end().responseBody))
        addTokensOf(*body, found);
    return found.take();
}

Result<Credential> credentialFromText(const QByteArray &text, const LabConfig &config)
{
    QByteArray plain = text.trimmed();
    for (const QByteArray &prefix :
         {QByteArray("authorization:"), QByteArray("set-cookie:"), QByteArray("cookie:")}) {
        if (plain.toLower().startsWith(prefix))
            plain = plain.sliced(prefix.size()).trimmed();
    }
    Collector found(config);
    found.addToken(bearerToken(plain), Place::Pasted);
    if (plain.contains('='))
        found.addCookies(cookiePairs(plain), Place::Pasted);
    const std::vector<Credential> credentials = found.take();
    if (credentials.empty())
        return failure(CredentialText::tr(
            "This is no token and no signed cookie. Paste a token (three parts with dots), or a "
            "cookie as name=value."));
    return credentials.front();
}

Result<Credential> withContent(const Credential &credential, Role role, const QString &json)
{
    Credential edited = credential;
    if (credential.kind == Kind::SessionId || credential.kind == Kind::SignedCookie) {
        auto text = signedText(credential.text).value_or(SignedText());
        text.value = json.toUtf8();
        edited.text = encodedSigned(text);
        return edited;
    }
    const auto parsed = parseJson(QStringView(json));
    if (const auto *error = std::get_if<JsonError>(&parsed))
        return failure(CredentialText::tr("Line %1, column %2: %3")
                           .arg(error->line)
                           .arg(error->column)
                           .arg(error->message));
    const QByteArray bytes = toJson(std::get<JsValue>(parsed));
    if (credential.kind == Kind::CookieSession) {
        edited.text = bytes.toBase64();
        return edited;
    }
    QByteArrayList parts = credential.text.split('.');
    parts.resize(3);
    parts[role == Role::Header ? 0 : 1] = bytes.toBase64(base64url);
    edited.text = parts.join('.');
    return edited;
}

/// Another letter of the same alphabet, so that what is left still decodes.
static char neighbour(char c)
{
    if (c == 'Z' || c == 'z')
        return static_cast<char>(c - 1);
    if (c == '9')
        return '8';
    const bool plain = (c >= 'A' && c < 'Z') || (c >= 'a' && c < 'z') || (c >= '0' && c < '9');
    return plain ? static_cast<char>(c + 1) : 'A';
}

Credential withFlippedCharacter(const Credential &credential, Role role, qsizetype at)
{
    Credential edited = credential;
    const auto flip = [at](QByteArray &part) {
        if (at >= 0 && at < part.size())
            part[at] = neighbour(part.at(at));
    };
    if (credential.kind == Kind::CookieSession) {
        QByteArray signature = credential.signature.value_or(QByteArray());
        flip(role == Role::Signature ? signature : edited.text);
        if (credential.signature)
            edited.signature = signature;
    } else if (credential.kind == Kind::Jwt) {
        QByteArrayList parts = credential.text.split('.');
        parts.resize(3);
        flip(parts[role == Role::Header ? 0 : role == Role::Payload ? 1 : 2]);
        edited.text = parts.join('.');
    } else if (auto text = signedText(credential.text)) {
        flip(role == Role::Signature ? text->signature : text->value);
        edited.text = encodedSigned(*text);
    }
    return edited;
}

Credential withFlippedLetter(const Credential &credential)
{
    const auto contentOf = [](const Credential &one) {
        const std::vector<CredentialPart> parts = takeApart(one);
        return *std::find_if(parts.begin(), parts.end(), [](const CredentialPart &part) {
            return part.role == Role::Payload || part.role == Role::Id;
        });
    };
    const CredentialPart before = contentOf(credential);
    for (qsizetype at = before.raw.size() - 1; at >= 0; --at) {
        const Credential flipped = withFlippedCharacter(credential, before.role, at);
        const CredentialPart after = contentOf(flipped);
        if (after.problem.isEmpty() && after.content != before.content)
            return flipped;
    }
    return withFlippedCharacter(credential, before.role, before.raw.size() / 2);
}

} // namespace rt
