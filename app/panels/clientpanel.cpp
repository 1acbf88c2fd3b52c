// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "panels/clientpanel.h"

namespace rt {

class ClientPanel::Private
{
public:
    LabSession &lab;
    LabDocument &document;
    const Theme &theme;
    FetchRequest request;
};

ClientPanel::ClientPanel(LabSession &lab, LabDocument &document, const Theme &theme,
                         QWidget *parent)
    : QWidget(parent)
    , d(std::unique_ptr<Private>(new Private {lab, document, theme, {}}))
{
}

ClientPanel::~ClientPanel() = default;

FetchRequest ClientPanel::request() const
{
    return d->request;
}

void ClientPanel::setRequest(const FetchRequest &request)
{
    d->request = request;
}

void ClientPanel::send() { }

void ClientPanel::sendAgain() { }

void ClientPanel::focusUrl() { }

} // namespace rt
