// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

// Reads lines of hexadecimal bytes and prints for each, as one line of JSON, what the request
// parser makes of them in the words of Node's parser, for requestevents.mjs to compare. A line
// may hold several feeds, separated by spaces.

#include "base/jsvalue.h"
#include "http/requestparser.h"

#include <cstdio>
#include <iostream>
#include <string>

using namespace rt;

namespace {

JsValue fieldsValue(const HeaderList &fields)
{
    JsValue list = JsValue::array();
    for (const HeaderField &field : fields) {
        list.append(JsValue::latin1(field.name));
        list.append(JsValue::latin1(field.value));
    }
    return list;
}

JsValue headValue(const RequestHeadEvent &event)
{
    JsValue head = JsValue::object();
    head.insert(QStringLiteral("method"), JsValue::latin1(event.head.method));
    head.insert(QStringLiteral("url"), JsValue::latin1(event.head.target));
    head.insert(QStringLiteral("major"), JsValue(event.head.version.major));
    head.insert(QStringLiteral("minor"), JsValue(event.head.version.minor));
    head.insert(QStringLiteral("headers"), fieldsValue(event.head.headers));
    head.insert(QStringLiteral("keepAlive"), JsValue(event.keepAlive));
    head.insert(QStringLiteral("upgrade"), JsValue(event.upgrade));
    return head;
}

class Trace
{
public:
    void add(const std::vector<RequestEvent> &events)
    {
        for (const RequestEvent &event : events)
            std::visit([this](const auto &e) { add(e); }, event);
    }
    QByteArray text() const { return toJson(m_list); }
    QByteArray raw() const { return m_raw; }

private:
    void add(const RequestHeadEvent &event)
    {
        m_raw += event.raw;
        m_list.append(headValue(event));
        m_body.clear();
    }
    void add(const BodyEvent &event)
    {
        m_raw += event.raw;
        m_body += event.data;
    }
    void add(const MessageEndEvent &event)
    {
        m_raw += event.raw;
        JsValue end = JsValue::object();
        end.insert(QStringLiteral("body"), JsValue::latin1(m_body));
        end.insert(QStringLiteral("trailers"), fieldsValue(event.trailers));
        m_list.append(end);
    }
    void add(const RequestFaultEvent &event)
    {
        m_raw += event.raw;
        JsValue fault = JsValue::object();
        fault.insert(QStringLiteral("code"), JsValue::latin1(faultCode(event.fault)));
        fault.insert(QStringLiteral("id"), JsValue::latin1(faultId(event.fault)));
        m_list.append(fault);
    }

    JsValue m_list = JsValue::array();
    QByteArray m_body;
    QByteArray m_raw;
};

} // namespace

int main()
{
    std::string line;
    while (std::getline(std::cin, line)) {
        RequestParser parser;
        Trace trace;
        for (const QByteArray &feed : QByteArray::fromStdString(line).split(' ')) {
            trace.add(parser.feed(QByteArray::fromHex(feed)));
            while (parser.awaitsUpgrade())
                trace.add(parser.declineUpgrade());
        }
        trace.add(parser.finish());
        std::cout << trace.text().constData() << '\n';
    }
    return 0;
}
