// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "browser/requestinit.h"

#include "browser/referrer.h"

#include <algorithm>

namespace rt {

namespace {

template<typename T> using Words = std::initializer_list<std::pair<const char *, T>>;

/// Reads the members one after the other; the first problem stays.
class InitReader
{
public:
    explicit InitReader(const RequestInit &init) : m_init(init) { }

    template<typename T>
    void readWord(const char *member, const char *type, const std::optional<QString> &given,
                  Words<T> words, T &out)
    {
        if (!given || !m_error.isEmpty())
            return;
        for (const auto &[word, value] : words) {
            if (*given == QLatin1StringView(word)) {
                out = value;
                return;
            }
        }
        refuseWord(member, type, *given);
    }

    void readHeaders(HeaderList &headers)
    {
        const auto isByteString = [](const QString &text) {
            return std::all_of(text.begin(), text.end(),
                               [](QChar c) { return c.unicode() <= 0xFF; });
        };
        for (const auto &[name, value] : m_init.headers) {
            if (!isByteString(name) || !isByteString(value))
                refuse(QStringLiteral(
                    "Failed to read the 'headers' property from 'RequestInit': String "
                    "contains non ISO-8859-1 code point."));
            headers.append(name.toLatin1(), value.toLatin1());
        }
    }

    void readReferrerPolicy(QByteArray &policy)
    {
        if (!m_init.referrerPolicy)
            return;
        policy = m_init.referrerPolicy->toUtf8();
        if (!referrerPolicyNamed(policy))
            refuseWord("referrerPolicy", "ReferrerPolicy", *m_init.referrerPolicy);
    }

    const QString &error() const { return m_error; }

private:
    void refuseWord(const char *member, const char *type, const QString &given)
    {
        refuse(QStringLiteral(
                   "Failed to read the '%1' property from 'RequestInit': The provided value "
                   "'%2' is not a valid enum value of type %3.")
                   .arg(QLatin1StringView(member), given, QLatin1StringView(type)));
    }

    void refuse(const QString &message)
    {
        if (m_error.isEmpty())
            m_error
                = QStringLiteral("TypeError: Failed to execute 'fetch' on 'Window': ") + message;
    }

    const RequestInit &m_init;
    QString m_error;
};

/// A Blob's type: lower case, empty when it holds anything but printable ASCII.
QByteArray blobType(const QString &type)
{
    const bool printable = std::all_of(type.begin(), type.end(), [](QChar c) {
        return c.unicode() >= 0x20 && c.unicode() <= 0x7E;
    });
    return printable ? type.toLatin1().toLower() : QByteArray();
}

void readBody(const RequestInit::Body &body, FetchRequest &request, Random &random)
{
    using Kind = RequestInit::Body::Kind;
    request.hasBody = true;
    request.body = body.kind == Kind::Bytes ? body.text.toLatin1() : body.text.toUtf8();
    switch (body.kind) {
    case Kind::Text:
        request.bodyType = "text/plain;charset=UTF-8";
        break;
    case Kind::UrlEncoded:
        request.body = urlEncodedForm(body.fields);
        request.bodyType = "application/x-www-form-urlencoded;charset=UTF-8";
        break;
    case Kind::FormData: {
        const EncodedForm form = multipartForm(body.fields, random);
        request.body = form.body;
        request.bodyType = form.type;
        break;
    }
    case Kind::Blob:
        request.bodyType = blobType(body.blobType.value_or(QString()));
        break;
    case Kind::Bytes:
        break;
    case Kind::Stream:
        request.streamBody = true;
        break;
    }
}

} // namespace

std::variant<FetchRequest, QString> readRequestInit(const RequestInit &init, const QByteArray &page,
                                                    Random &random)
{
    FetchRequest request;
    request.page = page;
    request.url = init.url.toUtf8();
    InitReader reader(init);
    if (init.body)
        readBody(*init.body, request, random);
    reader.readWord<CacheMode>("cache", "RequestCache", init.cache,
                               {{"default", CacheMode::Default},
                                {"no-store", CacheMode::NoStore},
                                {"reload", CacheMode::Reload},
                                {"no-cache", CacheMode::NoCache},
                                {"force-cache", CacheMode::ForceCache},
                                {"only-if-cached", CacheMode::OnlyIfCached}},
                               request.cache);
    reader.readWord<CredentialsMode>("credentials", "RequestCredentials", init.credentials,
                                     {{"omit", CredentialsMode::Omit},
                                      {"same-origin", CredentialsMode::SameOrigin},
                                      {"include", CredentialsMode::Include}},
                                     request.credentials);
    reader.readHeaders(request.headers);
    if (init.method)
        request.method = init.method->toLatin1();
    reader.readWord<RequestMode>("mode", "RequestMode", init.mode,
                                 {{"cors", RequestMode::Cors},
                                  {"no-cors", RequestMode::NoCors},
                                  {"same-origin", RequestMode::SameOrigin},
                                  {"navigate", RequestMode::Navigate}},
                                 request.mode);
    reader.readWord<RedirectMode>("redirect", "RequestRedirect", init.redirect,
                                  {{"follow", RedirectMode::Follow},
                                   {"error", RedirectMode::Error},
                                   {"manual", RedirectMode::Manual}},
                                  request.redirect);
    if (init.referrer)
        request.referrer = init.referrer->toUtf8();
    reader.readReferrerPolicy(request.referrerPolicy);
    if (init.integrity)
        request.integrity = init.integrity->toUtf8();
    if (!reader.error().isEmpty())
        return reader.error();
    return request;
}

} // namespace rt
