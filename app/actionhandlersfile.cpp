// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "actionhandlers.h"

#include "capture/capturestore.h"
#include "exporters/curl.h"
#include "mainwindow.h"
#include "panels/sequencepanel.h"
#include "widgets/noticebar.h"

#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QSaveFile>

// What the commands of the File menu do.
namespace rt {

namespace {

Result<void> writeFile(const QString &name, const QByteArray &bytes)
{
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return failure(
            ActionHandlers::tr("%1 could not be written: %2.").arg(name, file.errorString()));
    return {};
}

CaptureData everything(const CaptureStore &store)
{
    CaptureData data;
    data.calls = store.calls();
    for (const ExchangeSummary &summary : store.exchanges()) {
        if (auto exchange = store.exchange(summary.id))
            data.exchanges.push_back(std::move(*exchange));
    }
    return data;
}

} // namespace

void ActionHandlers::open(QAction &)
{
    const QString file = QFileDialog::getOpenFileName(
        &m_window, tr("Open a lab or capture"), {},
        tr("Labs, captures and HAR files (*.json *.har *.rtcapture *.zip);;All files (*)"));
    if (!file.isEmpty())
        m_window.openFile(file);
}

void ActionHandlers::saveLab(QAction &)
{
    const QString file = QFileDialog::getSaveFileName(
        &m_window, tr("Save the lab"), QStringLiteral("lab.json"), tr("Labs (*.json)"));
    if (file.isEmpty())
        return;
    const auto saved = writeFile(file, m_window.document().config().toJson());
    m_window.notice().show(saved ? tr("The lab is saved in %1.").arg(QFileInfo(file).fileName())
                                 : saved.error().message);
}

void ActionHandlers::exportHar(QAction &)
{
    const QString file
        = QFileDialog::getSaveFileName(&m_window, tr("Export the traffic"),
                                       QStringLiteral("traffic.har"), tr("HTTP Archive (*.har)"));
    if (!file.isEmpty())
        exportTraffic(file);
}

void ActionHandlers::exportTraffic(const QString &file)
{
    const CaptureFormat *format = captureFormat(file);
    if (!m_window.store() || !format || !format->write) {
        m_window.notice().show(
            tr("%1 is no format the traffic can be written in.").arg(QFileInfo(file).suffix()));
        return;
    }
    const auto bytes = format->write(everything(*m_window.store()), {});
    const Result<void> saved
        = bytes ? writeFile(file, *bytes) : Result<void>(failure(bytes.error().message));
    if (!saved) {
        m_window.notice().show(saved.error().message);
        return;
    }
    JsValue act = JsValue::object();
    act.insert(QStringLiteral("name"),
               JsValue(QStringLiteral("export.") + format->extensions.first()));
    act.insert(QStringLiteral("argument"), JsValue(QStringLiteral("sanitised")));
    static_cast<void>(m_window.lab().run({"act", act}));
    m_window.notice().show(
        tr("The traffic is saved in %1. Cookies, tokens and passwords in it are masked.")
            .arg(QFileInfo(file).fileName()));
}

void ActionHandlers::copyAsCurl(QAction &)
{
    const quint64 id = m_window.selectedExchange();
    const auto exchange = m_window.store() && id ? m_window.store()->exchange(id)
                                                 : Result<ExchangeRecord>(failure({}));
    if (!exchange)
        return;
    QGuiApplication::clipboard()->setText(QString::fromUtf8(curlCommand(*exchange, {})));
    m_window.notice().show(tr("The request is on the clipboard as a cURL command."));
}

void ActionHandlers::exportSequence(QAction &)
{
    const QString file = QFileDialog::getSaveFileName(&m_window, tr("Save the sequence"),
                                                      QStringLiteral("sequence.svg"),
                                                      tr("Pictures (*.svg *.png)"));
    if (file.isEmpty())
        return;
    const auto saved = m_window.sequence().exportTo(file);
    m_window.notice().show(saved
                               ? tr("The sequence is saved in %1.").arg(QFileInfo(file).fileName())
                               : saved.error().message);
}

void ActionHandlers::exportExpress(QAction &)
{
    const QString file
        = QFileDialog::getSaveFileName(&m_window, tr("Save as Express program"),
                                       QStringLiteral("server.mjs"), tr("Node modules (*.mjs)"));
    if (file.isEmpty())
        return;
    QByteArray code;
    for (const CodeLine &line : expressCode(m_window.document().config()))
        code += line.text.toUtf8() + '\n';
    const auto saved = writeFile(file, code);
    m_window.notice().show(
        saved ? tr("The same server for Node is saved in %1.").arg(QFileInfo(file).fileName())
              : saved.error().message);
}

} // namespace rt
