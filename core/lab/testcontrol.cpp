// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "lab/testcontrol.h"

#include "lab/lab.h"
#include "server/serverresponse.h"

#include <QHostAddress>

namespace rt {

using namespace Qt::StringLiterals;

namespace {

void reply(ServerResponse &response, int status, const QByteArray &body = {})
{
    response.writeHead(status, {{"Content-Length", QByteArray::number(body.size())}});
    response.end(body);
}

void applyConfig(Lab &lab, ServerResponse &response, const QByteArray &json)
{
    auto config = LabConfig::fromJson(json, {}, OptionReading::AsPackages);
    const auto applied
        = config.and_then([&lab](const LabConfig &one) { return lab.setConfig(one); });
    if (!applied) {
        JsValue complaint = JsValue::object();
        complaint.insert(u"error"_s, JsValue(applied.error().message));
        return reply(response, 400, toJson(complaint));
    }
    lab.reset();
    reply(response, 204);
}

} // namespace

RequestListener testControl(Lab &lab)
{
    return [&lab](IncomingMessage &request, ServerResponse &response) {
        if (!request.target().startsWith("/__control/")
            || !QHostAddress(QString::fromLatin1(request.peer().address)).isLoopback())
            return false;
        auto body = std::make_shared<QByteArray>();
        request.onData([body](const QByteArray &data) { body->append(data); });
        // The response outlives its request, so the callback may hold it by address.
        request.onEnd([&lab, &request, &response, body] {
            if (request.method() != "POST")
                return reply(response, 405);
            if (request.target() == "/__control/config")
                return applyConfig(lab, response, *body);
            if (request.target() != "/__control/reset")
                return reply(response, 404);
            lab.reset();
            reply(response, 204);
        });
        request.resume();
        return true;
    };
}

RequestListener withoutTestControl()
{
    return [](IncomingMessage &request, ServerResponse &response) {
        if (!request.target().startsWith("/__control/"))
            return false;
        reply(response, 404);
        return true;
    };
}

} // namespace rt
