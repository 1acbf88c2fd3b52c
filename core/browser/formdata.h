// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QByteArray>
#include <QString>

#include <utility>
#include <vector>

namespace rt {

class Random;

using FormFields = std::vector<std::pair<QString, QString>>;

/// A body and the Content-Type it implies.
struct EncodedForm
{
    QByteArray body;
    QByteArray type;
};

/// https://url.spec.whatwg.org/#concept-urlencoded-serializer
QByteArray urlEncodedForm(const FormFields &fields);
/// https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data with
/// a boundary like Chromium's.
EncodedForm multipartForm(const FormFields &fields, Random &random);
/// https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#text/plain-encoding-algorithm
QByteArray plainTextForm(const FormFields &fields);
/// By the form's enctype; an unknown one means urlencoded.
EncodedForm encodeForm(const FormFields &fields, const QByteArray &enctype, Random &random);

} // namespace rt
