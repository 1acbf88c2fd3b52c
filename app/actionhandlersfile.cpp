// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "actionhandlers.h"

#include "capture/capturestore.h"
#include "dialogs/noderundialog.h"
#include "exporters/curl.h"
#include "exporters/expressproject.h"
#include "mainwindow.h"
#include "panels/sequencepanel.h"
#include "widgets/noticebar.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QSaveFile>

#include <algorithm>

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

/// Requests that reached the API, whole and answered as HTTP.
std::vector<ReplayCandidate> ActionHandlers::lastRequests(int count) const
{
    std::vector<ReplayCandidate> candidates;
    if (!m_window.store())
        return candidates;
    const auto &exchanges = m_window.store()->exchanges();
    for (auto summary = exchanges.rbegin();
         summary != exchanges.rend() && candidates.size() < static_cast<size_t>(count); ++summary) {
        const auto exchange = m_window.store()->exchange(summary->id);
        if (!exchange || !exchange->hasServer || exchange->bytesCut > 0
            || exchange->kind == ExchangeRecord::Kind::Upgrade || exchange->server.stages.empty())
            continue;
        const EndReport &end = exchange->server.end;
        const QString title = QString::fromUtf8(end.request.method + ' ' + end.request.target);
        candidates.push_back({title, {end.request.method, end.requestBytes}});
    }
    std::reverse(candidates.begin(), candidates.end());
    return candidates;
}

void ActionHandlers::runInNode(QAction &)
{
    if (!m_nodeRun) {
        m_nodeRun = new NodeRunDialog(
            m_window.theme(), [this] { return m_window.document().config(); },
            [this](int count) { return lastRequests(count); }, &m_window);
        m_nodeRun->setAttribute(Qt::WA_DeleteOnClose);
    }
    m_window.document().commitEdits();
    m_nodeRun->show();
    m_nodeRun->raise();
    if (!m_nodeRun->run().isRunning())
        m_nodeRun->start();
}

void ActionHandlers::exportExpress(QAction &)
{
    const QString folder
        = QFileDialog::getExistingDirectory(&m_window, tr("Folder for the Express project"));
    if (!folder.isEmpty())
        exportExpressTo(folder);
}

void ActionHandlers::exportExpressTo(const QString &folder)
{
    const auto files = expressProject(m_window.document().config());
    const auto written
        = files ? writeProject(*files, folder) : Result<void>(failure(files.error().message));
    m_window.notice().show(
        written ? tr("The same server for Node is in %1. Run npm ci && node server.mjs there.")
                      .arg(QDir::toNativeSeparators(folder))
                : written.error().message);
}

} // namespace rt
