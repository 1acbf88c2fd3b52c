// SPDX-FileCopyrightText: Roundtrip contributors
// SPDX-License-Identifier: MIT

#include "forms/headertable.h"

#include "widgets/theme.h"

#include <QCompleter>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStyledItemDelegate>

namespace rt {

namespace {

/// Proposes header names, and values where there are usual ones.
class HeaderDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                          const QModelIndex &index) const override
    {
        QWidget *editor = QStyledItemDelegate::createEditor(parent, option, index);
        if (auto *line = qobject_cast<QLineEdit *>(editor)) {
            auto *completer = new QCompleter(proposals(index), line);
            completer->setCaseSensitivity(Qt::CaseInsensitive);
            line->setCompleter(completer);
            line->setAccessibleName(
                index.model()->headerData(index.column(), Qt::Horizontal).toString());
        }
        return editor;
    }

private:
    static QStringList proposals(const QModelIndex &index)
    {
        if (index.column() == HeaderTableModel::NameColumn)
            return QStringLiteral("Accept Accept-Language Authorization Content-Type If-None-Match "
                                  "Range X-CSRF-Token X-Requested-With X-Trace")
                .split(u' ');
        const QString name = index.siblingAtColumn(HeaderTableModel::NameColumn).data().toString();
        if (name.compare(QLatin1StringView("content-type"), Qt::CaseInsensitive) == 0)
            return {QStringLiteral("application/json"), QStringLiteral("text/plain"),
                    QStringLiteral("application/x-www-form-urlencoded")};
        return {};
    }
};

} // namespace

HeaderTableModel::HeaderTableModel(QObject *parent) : QAbstractTableModel(parent), m_rows(1) { }

int HeaderTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int HeaderTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HeaderTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    if (role != Qt::DisplayRole && role != Qt::EditRole)
        return {};
    const HeaderField &field = m_rows[static_cast<size_t>(index.row())];
    return QString::fromUtf8(index.column() == NameColumn ? field.name : field.value);
}

QVariant HeaderTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn ? tr("Header") : tr("Value");
}

bool HeaderTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    HeaderField &field = m_rows[static_cast<size_t>(index.row())];
    QByteArray &cell = index.column() == NameColumn ? field.name : field.value;
    const QByteArray text = value.toString().trimmed().toUtf8();
    if (cell == text)
        return false;
    cell = text;
    emit dataChanged(index, index);
    if (index.row() == rowCount() - 1) {
        beginInsertRows({}, rowCount(), rowCount());
        m_rows.emplace_back();
        endInsertRows();
    }
    emit headersChanged();
    return true;
}

Qt::ItemFlags HeaderTableModel::flags(const QModelIndex &index) const
{
    return QAbstractTableModel::flags(index) | Qt::ItemIsEditable | Qt::ItemNeverHasChildren;
}

bool HeaderTableModel::removeRows(int row, int count, const QModelIndex &parent)
{
    // The empty row at the end stays.
    count = std::min(count, rowCount() - 1 - row);
    if (parent.isValid() || row < 0 || count < 1)
        return false;
    beginRemoveRows({}, row, row + count - 1);
    m_rows.erase(m_rows.begin() + row, m_rows.begin() + row + count);
    endRemoveRows();
    emit headersChanged();
    return true;
}

HeaderList HeaderTableModel::headers() const
{
    HeaderList list;
    for (const HeaderField &field : m_rows) {
        if (!field.name.isEmpty())
            list.append(field.name, field.value);
    }
    return list;
}

void HeaderTableModel::setHeaders(const HeaderList &headers)
{
    if (headers == this->headers())
        return;
    beginResetModel();
    m_rows.assign(headers.begin(), headers.end());
    m_rows.emplace_back();
    endResetModel();
    emit headersChanged();
}

HeaderTable::HeaderTable(const Theme &theme, QWidget *parent) : QTableView(parent), m_theme(theme)
{
    setModel(&m_model);
    setItemDelegate(new HeaderDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setEditTriggers(QAbstractItemView::AnyKeyPressed | QAbstractItemView::EditKeyPressed);
    connect(this, &QAbstractItemView::clicked, this,
            qOverload<const QModelIndex &>(&QTableView::edit));
    horizontalHeader()->setStretchLastSection(true);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setAccessibleName(tr("Request headers"));
    connect(&theme, &Theme::changed, this, &HeaderTable::restyle);
    restyle();
}

void HeaderTable::restyle()
{
    setFont(m_theme.font(FontRole::Mono));
    verticalHeader()->setDefaultSectionSize(m_theme.rowHeight());
    horizontalHeader()->setDefaultSectionSize(fontMetrics().horizontalAdvance(QString(24, u'x')));
}

void HeaderTable::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Delete && currentIndex().isValid()) {
        m_model.removeRow(currentIndex().row());
        return;
    }
    QTableView::keyPressEvent(event);
}

} // namespace rt
