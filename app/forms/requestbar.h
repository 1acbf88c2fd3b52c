// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "browser/fetchrequest.h"

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace rt {

class PillButton;
class RequestMore;
class Theme;

/// The line of the client: method, address, credentials, mode, Send. When there is little room the
/// choices stand below the address.
class RequestBar final : public QWidget
{
    Q_OBJECT

public:
    explicit RequestBar(const Theme &theme, QWidget *parent = nullptr);

    /// Method, url, mode, credentials, redirect, cache, referrerPolicy, api.
    void writeTo(FetchRequest &request) const;
    void readFrom(const FetchRequest &request);
    /// A raw tool has neither mode nor credentials.
    void setRaw(bool raw);
    /// Who asks, as FetchRequest::api has it; only fetch() has mode and credentials.
    void setKind(const QByteArray &api);
    void setUrls(const QStringList &urls);
    /// How often Send sends.
    int times() const { return m_times; }
    QLineEdit *url() const { return m_url; }
    QPushButton *sendButton() const { return m_send; }

signals:
    void requestChanged();
    void sendRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void setupMethod();
    void setupUrl();
    void setupChoices();
    void setupMore();
    void setupSend();
    void showChoices();
    void setTimes(int times);
    static QString timesInWords(int times);
    void arrange();
    void nameChoices(bool spelled);
    void restyle();

    const Theme &m_theme;
    QComboBox *m_method = nullptr;
    QLineEdit *m_url = nullptr;
    QComboBox *m_credentials = nullptr;
    QComboBox *m_mode = nullptr;
    RequestMore *m_more = nullptr;
    PillButton *m_timesButton = nullptr;
    QPushButton *m_send = nullptr;
    QWidget *m_choices = nullptr;
    int m_times = 1;
    bool m_wide = false;
    bool m_spelled = false;
    bool m_raw = false;
    QByteArray m_kind = "fetch";
};

} // namespace rt
