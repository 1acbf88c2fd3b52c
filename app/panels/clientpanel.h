// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchrequest.h"

#include <QWidget>

#include <memory>

namespace rt {

class LabDocument;
class LabSession;
class Theme;

/// The built-in client: what a page's script hands to fetch(), or curl to its command line.
class ClientPanel final : public QWidget
{
    Q_OBJECT

public:
    ClientPanel(LabSession &lab, LabDocument &document, const Theme &theme,
                QWidget *parent = nullptr);
    ~ClientPanel() override;

    /// The request as the controls say it now.
    FetchRequest request() const;
    /// Fills the controls: history, "edit and resend" of a captured call, the tour.
    void setRequest(const FetchRequest &request);
    void send();
    /// Sends the last request once more, whatever the controls say now.
    void sendAgain();
    void focusUrl();

signals:
    /// A call was started.
    void sent(quint64 call);
    /// What was asked for cannot be sent; one sentence.
    void refused(const QString &sentence);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace rt
